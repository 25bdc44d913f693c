import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { createDatabase } from "../postgres/database.ts";
import { describeStore } from "./contract.ts";

const onError = (error: Error): void => {
  throw error;
};

describeStore("PostgreSQL", async () => {
  const database = await createDatabase();
  return {
    open: (now) => openPostgresStore({ url: database.url, now, enqueue: async () => undefined, onError }),
    remove: () => database.drop(),
  };
});
