/** A place that is only opened when a command goes there: help, and words that nobody understands, need no settings. */
import type { Place } from "./command.ts";

/** `open` gives nothing where it cannot, and has then said why. */
export function latePlace(
  { output, terminal }: Pick<Place, "output" | "terminal">,
  open: () => Place | undefined,
): Place {
  const go = async (there: (place: Place) => Promise<number>): Promise<number> => {
    const place = open();
    return place === undefined ? 1 : there(place);
  };
  return {
    output,
    terminal,
    inDatabase: (work) => go((place) => place.inDatabase(work)),
    own: {
      serve: (json) => go((place) => place.own.serve(json)),
      migrate: (json) => go((place) => place.own.migrate(json)),
      emit: (json) => go((place) => place.own.emit(json)),
      doctor: (json) => go((place) => place.own.doctor(json)),
    },
  };
}
