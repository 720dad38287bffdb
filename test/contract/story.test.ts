import { it } from "vitest";

import { expectStory } from "./storyScript";

// Some fifty commands, each a process of its own, on a machine that runs other tests as well.
it(
  "plays the whole story by the command line alone, from a file of twelve lines to a product whose lights are all green",
  () => expectStory(""),
  600_000,
);
