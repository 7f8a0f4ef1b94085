/** The newest revision of the account's settings that any answer has named: what was decided under an older one is old. */
export class Revision {
  #newest = 0;
  readonly #listeners = new Set<() => void>();

  readonly newest = (): number => this.#newest;

  hear(revision: number): void {
    if (revision <= this.#newest) return;
    this.#newest = revision;
    for (const listener of this.#listeners) listener();
  }

  /** For React's useSyncExternalStore. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
