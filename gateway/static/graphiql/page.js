"use strict";

// The token stays in this tab: no cookie, no storage that outlives it.
const TOKEN = "binhyen.token";
const field = document.getElementById("token");
const who = document.getElementById("who");
const chooser = document.getElementById("examples");
field.value = sessionStorage.getItem(TOKEN) || "";

const address = window.location.origin + "/graphql";
const socketAddress = address.replace(/^http/, "ws");
const bearer = () => (field.value ? "Bearer " + field.value.trim() : undefined);

// crypto.randomUUID exists on https and localhost only.
function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function fetcher() {
  return GraphiQL.createFetcher({
    url: address,
    subscriptionUrl: socketAddress,
    wsConnectionParams: { authorization: bearer() },
    fetch: (url, options) => {
      const headers = { ...options.headers };
      if (bearer()) headers.authorization = bearer();
      // Each press of the button is a command of its own.
      headers["idempotency-key"] = freshKey();
      return fetch(url, { ...options, headers, credentials: "omit" });
    },
  });
}

async function greet() {
  who.textContent = "";
  if (!bearer()) {
    who.textContent = "Chưa có mã truy cập";
    return;
  }
  const answer = await fetch(address, {
    method: "POST",
    credentials: "omit",
    headers: { "content-type": "application/json", authorization: bearer() },
    body: JSON.stringify({ query: "{ viewer { name } }" }),
  });
  const body = await answer.json();
  who.textContent = body.data ? body.data.viewer.name : "Mã không hợp lệ";
}

const root = ReactDOM.createRoot(document.getElementById("graphiql"));
const explorer = GraphiQLPluginExplorer.explorerPlugin();
let generation = 0;
let query = EXAMPLES[0].query;

function draw() {
  generation += 1;
  root.render(
    React.createElement(GraphiQL, {
      key: generation,
      fetcher: fetcher(),
      plugins: [explorer],
      query,
      onEditQuery: (text) => {
        query = text;
      },
      defaultEditorToolsVisibility: true,
      isHeadersEditorEnabled: true,
      shouldPersistHeaders: false,
    }),
  );
}

EXAMPLES.forEach((example, place) => {
  chooser.add(new Option(example.title, String(place)));
});
chooser.addEventListener("change", () => {
  query = EXAMPLES[Number(chooser.value)].query;
  draw();
});
document.getElementById("caller").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN, field.value.trim());
  greet();
  draw();
});

greet();
draw();
