/** The programs whose files the command `import` knows by name. Which of them it reads, it says itself. */
export const FORMATS = ["generic", "toggl", "clockify", "harvest", "kimai", "solidtime", "timewarrior"] as const;
export type Format = (typeof FORMATS)[number];
