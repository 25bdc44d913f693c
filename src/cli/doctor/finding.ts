/** What one look found: `mend` says what to do, unless all is well. */
export interface Finding {
  check: string;
  state: "ok" | "warning" | "failure";
  says: string;
  mend?: string;
}

export const ok = (check: string, says: string): Finding => ({ check, state: "ok", says });
export const warning = (check: string, says: string, mend: string): Finding => ({
  check,
  state: "warning",
  says,
  mend,
});
export const failure = (check: string, says: string, mend: string): Finding => ({
  check,
  state: "failure",
  says,
  mend,
});
