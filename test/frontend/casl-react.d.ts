// @casl/react 7.0.1 types itself by imports without endings, which TypeScript follows only with `moduleResolution: bundler`,
// as most frontends have it. This repository compiles for Node, so what the example uses is declared once more.
import type { AnyAbility } from "@casl/ability";
import type { ReactNode } from "react";

declare module "@casl/react" {
  export interface Exposed {
    readonly isAllowed: boolean;
    readonly reason: string | undefined;
  }

  export interface CanProps {
    readonly I: string;
    /** A type, */
    readonly a?: string;
    /** or one row of it. */
    readonly this?: object;
    readonly field?: string;
    readonly passThrough?: boolean;
    readonly children: ReactNode | ((exposed: Exposed) => ReactNode);
  }

  export function AbilityProvider(props: { readonly value: AnyAbility; readonly children: ReactNode }): ReactNode;
  export function Can(props: CanProps): ReactNode;
}
