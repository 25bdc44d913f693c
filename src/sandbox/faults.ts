import type { Parcel } from "./webhooks/post.ts";

/** A request as it comes in, before anything was done. */
export interface RequestSeen {
  method: string;
  path: string;
  /** GraphQL: the document's text. */
  body: string;
  /** Counts from 1 over the sandbox's life. */
  count: number;
}

/** What goes wrong with a request. `after` means that what was asked for has been done nevertheless. */
export type RequestFault =
  | { do: "answer"; status: 500 | 502 | 503; after?: boolean }
  | { do: "reset"; after?: boolean }
  | { do: "delay"; ms: number }
  | { do: "secondary-limit"; retryAfter: number };

/** What goes wrong with a delivery; `first` overtakes those that wait. */
export type DeliveryFault =
  | { do: "drop" }
  | { do: "duplicate" }
  | { do: "first" }
  | { do: "delay"; ms: number };

export interface Faults {
  onRequest?: (request: RequestSeen) => RequestFault | undefined;
  onDelivery?: (parcel: Parcel) => DeliveryFault | undefined;
}
