/** What a client asks for the hours of a week; typed from the schema by the generator. */
import { graphql } from "../generated/gql.ts";

export const hoursOfWeek = graphql(`
  query HoursOfWeek($filter: TimeEntryFilter, $orderBy: [TimeEntryOrder!]) {
    timeEntries(first: 50, filter: $filter, orderBy: $orderBy) {
      nodes {
        id
        date
        durationSeconds
        costRate {
          minor
          currency
        }
      }
      totalCount
    }
  }
`);
