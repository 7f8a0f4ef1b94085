/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query WhatIMayDo {\n    viewer {\n      id\n      name\n      revision\n      abilities\n    }\n  }\n": typeof types.WhatIMayDoDocument,
    "\n  query TimesheetPage($orderBy: [TimeEntryOrder!]) {\n    timeEntries(first: 50, orderBy: $orderBy) {\n      nodes {\n        id\n        date\n        durationSeconds\n        costRate {\n          minor\n          currency\n        }\n        member {\n          id\n        }\n        team {\n          id\n        }\n      }\n    }\n    members {\n      nodes {\n        id\n        name\n        email\n      }\n    }\n  }\n": typeof types.TimesheetPageDocument,
    "\n  mutation SwitchToggle($coordinate: Coordinate!, $enabled: Boolean!) {\n    setToggles(changes: [{ coordinate: $coordinate, enabled: $enabled }]) {\n      revision\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": typeof types.SwitchToggleDocument,
    "\n  query HoursOfWeek($filter: TimeEntryFilter, $orderBy: [TimeEntryOrder!]) {\n    timeEntries(first: 50, filter: $filter, orderBy: $orderBy) {\n      nodes {\n        id\n        date\n        durationSeconds\n        costRate {\n          minor\n          currency\n        }\n      }\n      totalCount\n    }\n  }\n": typeof types.HoursOfWeekDocument,
};
const documents: Documents = {
    "\n  query WhatIMayDo {\n    viewer {\n      id\n      name\n      revision\n      abilities\n    }\n  }\n": types.WhatIMayDoDocument,
    "\n  query TimesheetPage($orderBy: [TimeEntryOrder!]) {\n    timeEntries(first: 50, orderBy: $orderBy) {\n      nodes {\n        id\n        date\n        durationSeconds\n        costRate {\n          minor\n          currency\n        }\n        member {\n          id\n        }\n        team {\n          id\n        }\n      }\n    }\n    members {\n      nodes {\n        id\n        name\n        email\n      }\n    }\n  }\n": types.TimesheetPageDocument,
    "\n  mutation SwitchToggle($coordinate: Coordinate!, $enabled: Boolean!) {\n    setToggles(changes: [{ coordinate: $coordinate, enabled: $enabled }]) {\n      revision\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": types.SwitchToggleDocument,
    "\n  query HoursOfWeek($filter: TimeEntryFilter, $orderBy: [TimeEntryOrder!]) {\n    timeEntries(first: 50, filter: $filter, orderBy: $orderBy) {\n      nodes {\n        id\n        date\n        durationSeconds\n        costRate {\n          minor\n          currency\n        }\n      }\n      totalCount\n    }\n  }\n": types.HoursOfWeekDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WhatIMayDo {\n    viewer {\n      id\n      name\n      revision\n      abilities\n    }\n  }\n"): (typeof documents)["\n  query WhatIMayDo {\n    viewer {\n      id\n      name\n      revision\n      abilities\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TimesheetPage($orderBy: [TimeEntryOrder!]) {\n    timeEntries(first: 50, orderBy: $orderBy) {\n      nodes {\n        id\n        date\n        durationSeconds\n        costRate {\n          minor\n          currency\n        }\n        member {\n          id\n        }\n        team {\n          id\n        }\n      }\n    }\n    members {\n      nodes {\n        id\n        name\n        email\n      }\n    }\n  }\n"): (typeof documents)["\n  query TimesheetPage($orderBy: [TimeEntryOrder!]) {\n    timeEntries(first: 50, orderBy: $orderBy) {\n      nodes {\n        id\n        date\n        durationSeconds\n        costRate {\n          minor\n          currency\n        }\n        member {\n          id\n        }\n        team {\n          id\n        }\n      }\n    }\n    members {\n      nodes {\n        id\n        name\n        email\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SwitchToggle($coordinate: Coordinate!, $enabled: Boolean!) {\n    setToggles(changes: [{ coordinate: $coordinate, enabled: $enabled }]) {\n      revision\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SwitchToggle($coordinate: Coordinate!, $enabled: Boolean!) {\n    setToggles(changes: [{ coordinate: $coordinate, enabled: $enabled }]) {\n      revision\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HoursOfWeek($filter: TimeEntryFilter, $orderBy: [TimeEntryOrder!]) {\n    timeEntries(first: 50, filter: $filter, orderBy: $orderBy) {\n      nodes {\n        id\n        date\n        durationSeconds\n        costRate {\n          minor\n          currency\n        }\n      }\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query HoursOfWeek($filter: TimeEntryFilter, $orderBy: [TimeEntryOrder!]) {\n    timeEntries(first: 50, filter: $filter, orderBy: $orderBy) {\n      nodes {\n        id\n        date\n        durationSeconds\n        costRate {\n          minor\n          currency\n        }\n      }\n      totalCount\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;