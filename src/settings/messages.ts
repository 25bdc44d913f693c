import * as z from "zod";
import { language } from "./name.ts";

/** Longest template: a comment holds 65,536 characters, and has more to say than one sentence. */
const LONGEST = 10_000;

/** Name of the message -> language -> template. Which names there are, `src/messages` knows. */
export const Messages = z.record(
  z.string().regex(/^[a-z][A-Za-z0-9-]{0,60}$/, "this is not the name of a message"),
  z.record(language, z.string().min(1).max(LONGEST)),
);
