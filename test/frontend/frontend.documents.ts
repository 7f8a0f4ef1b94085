/** What the example asks: who I am and what I may do, and what its page shows. */
import { graphql } from "../generated/gql.ts";

export const whatIMayDo = graphql(`
  query WhatIMayDo {
    viewer {
      id
      name
      revision
      abilities
    }
  }
`);

export const timesheetPage = graphql(`
  query TimesheetPage($orderBy: [TimeEntryOrder!]) {
    timeEntries(first: 50, orderBy: $orderBy) {
      nodes {
        id
        date
        durationSeconds
        costRate {
          minor
          currency
        }
        member {
          id
        }
        team {
          id
        }
      }
    }
    members {
      nodes {
        id
        name
        email
      }
    }
  }
`);

export const switchToggle = graphql(`
  mutation SwitchToggle($coordinate: Coordinate!, $enabled: Boolean!) {
    setToggles(changes: [{ coordinate: $coordinate, enabled: $enabled }]) {
      revision
      userErrors {
        code
        message
      }
    }
  }
`);
