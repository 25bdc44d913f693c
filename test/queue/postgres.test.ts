import { createPostgresQueue } from "../../src/queue/postgres.ts";
import { createDatabase } from "../postgres/database.ts";
import { describeQueue } from "./contract.ts";

const onError = (error: Error): void => {
  throw error;
};

describeQueue("PostgreSQL", async () => {
  const database = await createDatabase();
  return {
    open: (concurrency) => createPostgresQueue({ url: database.url, concurrency, pollMs: 100, onError }),
    remove: () => database.drop(),
  };
});
