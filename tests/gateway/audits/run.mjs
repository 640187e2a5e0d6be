// Runs the audits of graphql-http against a served endpoint: node run.mjs URL TOKEN
import { serverAudits } from "graphql-http";

const [url, token] = process.argv.slice(2);
const fetchFn = (address, options = {}) =>
  fetch(address, {
    ...options,
    headers: { ...(options.headers || {}), authorization: `Bearer ${token}` },
  });

const results = await Promise.all(
  serverAudits({ url, fetchFn }).map((audit) => audit.fn()),
);
const failed = results.filter((result) => result.status !== "ok");
for (const result of failed) {
  console.log(result.status, result.id, result.name, result.reason);
}
console.log(`${results.length - failed.length} of ${results.length} audits passed`);
process.exit(failed.length ? 1 : 0);
