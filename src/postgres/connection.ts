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
  // A connection may still be on its way out when its pool has ended.
  pool.on("error", (error) => {
    if (!pool.ending) onError(error);
  });
  return pool;
}

/** PostgreSQL ended the transaction so that others could go on: run again, it goes through. */
const AGAIN = ["40P01", "40001"];
const MOST_TRIES = 10;

/**
 * Runs some work in one transaction: committed when it returns, rolled back when it throws. Two workers that put jobs
 * into the queue at once may wait for each other; the one that PostgreSQL ends is run again, so work must bear that.
 */
export async function transact<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await transactOnce(pool, work);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === undefined || !AGAIN.includes(code) || tries === MOST_TRIES) throw error;
    }
  }
}

/** As `transact`, for work that cannot be done twice. */
export async function transactOnce<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
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
