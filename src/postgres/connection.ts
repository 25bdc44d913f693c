import pg from "pg";

/** Runs one statement, in whatever transaction it belongs to. */
export type Execute = (sql: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

/** How to reach a database; a server that has vanished is noticed, and waited for no longer than this. */
export function connectTo(url: string): pg.ClientConfig {
  return { connectionString: url, keepAlive: true, connectionTimeoutMillis: 10_000, query_timeout: 60_000 };
}

/** Connections to `postgres://user:password@host:port/database`. `onError` hears of idle ones that break. */
export function openPool(url: string, connections: number, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ ...connectTo(url), max: connections });
  pool.on("error", onError);
  return pool;
}

/** Runs some work in one transaction: committed when it returns, rolled back when it throws. */
export async function transact<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that breaks between two statements says so by an event, which ends the process if nobody listens.
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on("error", onError);
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(onError);
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

/** The statements of a transaction's client, or of a pool where each is a transaction of its own. */
export function executeOn(connection: pg.Pool | pg.PoolClient): Execute {
  return (sql, values) => connection.query(sql, values);
}
