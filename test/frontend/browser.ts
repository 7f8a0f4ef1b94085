/** A page to render on: a small DOM, and what a person would see and do there. Imported before react-dom. */
import { Window } from "happy-dom";

const window = new Window();
Object.assign(globalThis, { window, document: window.document });

export interface Page {
  readonly root: Element;
  /** Everything on it, as people read it. */
  text(): string;
  /** The items of the list of this name. */
  list(label: string): readonly string[];
  alert(): string | undefined;
  readonly buttons: () => readonly string[];
  press(button: string): void;
}

const read = (element: { readonly textContent: string }): string => element.textContent;

export function openPage(): Page {
  const root = window.document.createElement("div");
  window.document.body.append(root);
  return {
    root,
    text: () => read(root),
    list: (label) => [...root.querySelectorAll(`[aria-label="${label}"] li`)].map(read),
    alert: () => [...root.querySelectorAll('[role="alert"]')].map(read)[0],
    buttons: () => [...root.querySelectorAll("button")].map(read),
    press(button) {
      const found = [...root.querySelectorAll("button")].find((one) => read(one) === button);
      if (found === undefined) throw new Error(`there is no button ${button}`);
      found.click();
    },
  };
}
