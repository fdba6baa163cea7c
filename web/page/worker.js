// The module works here, so that the page never waits for it.
import { load } from "./module.js";

let call;
onmessage = async ({ data }) => {
  if (data.bytes) {
    call = load(data.bytes);
    return;
  }
  try {
    postMessage({ id: data.id, answer: (await call)(data.request) });
  } catch (error) {
    postMessage({ id: data.id, trap: String(error) });
  }
};
