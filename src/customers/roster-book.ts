import type { Problem } from "../ticket/problem.ts";
import type { Member } from "./member-file.ts";
import type { Roster } from "./roster.ts";

/** The lists outside the settings that say who has a plan, as an installation's settings name them. */
export interface RosterBook {
  installationId: number;
  /** Logins of organisations (`octo-org`) and teams (`octo-org/customers`), by their names in lower case. */
  groups: Record<string, Roster<string>>;
  /** Rows of member files, by `owner/name/path`. */
  files: Record<string, Roster<Member>>;
  /** What people can mend about a source, by the names above; that of the settings' logins is empty. */
  problems: Record<string, HomeProblem[]>;
  /** When the lists were read last, milliseconds since 1970; null: they are to be read again. */
  readAt: number | null;
}

/** A Problem, with the private repository (`owner/name`) whose settings or files it is about. */
export interface HomeProblem extends Problem {
  home: string;
}

export function newRosterBook(installationId: number): RosterBook {
  return { installationId, groups: {}, files: {}, problems: {}, readAt: null };
}
