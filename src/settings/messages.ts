import * as z from "zod";

/** Name of the message -> language -> template; `src/messages` judges them. */
export const Messages = z.record(z.string(), z.record(z.string(), z.string()));
