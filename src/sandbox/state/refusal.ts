/** One line of the `errors` list in GitHub's 422 answers. */
export interface FieldError {
  resource: string;
  field: string;
  code: "missing" | "missing_field" | "invalid" | "already_exists" | "unprocessable" | "custom";
  message?: string;
  value?: string | null;
}

/** What GitHub will not do, as the status and message that its REST API answers. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: FieldError[] | null;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    message: string,
    errors: FieldError[] | null = null,
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export const notFound = () => new Refusal(404, "Not Found");

export const forbidden = (message = "Resource not accessible by integration") => new Refusal(403, message);

export const invalid = (...errors: FieldError[]) => new Refusal(422, "Validation Failed", errors);
