// Asks the worker. After a trap, or where an answer takes too long, the module is loaded anew.
const LONGEST = 20_000;

export class Client {
  /** @param onrestart is told why the module was loaded anew. */
  constructor(source, bytes, onrestart) {
    Object.assign(this, { source, bytes, onrestart, waiting: new Map(), next: 0 });
    this.start();
  }

  start() {
    const address = URL.createObjectURL(new Blob([this.source], { type: "text/javascript" }));
    this.worker = new Worker(address);
    this.worker.onmessage = ({ data: { id, answer, trap } }) => {
      if (trap) return this.restart(`the module failed (${trap})`);
      const { resolve, timer } = this.waiting.get(id);
      clearTimeout(timer);
      this.waiting.delete(id);
      resolve(answer);
    };
    this.worker.onerror = () => this.restart("the module could not be started");
    this.worker.postMessage({ bytes: this.bytes });
  }

  restart(why) {
    this.worker.terminate();
    const failed = [...this.waiting.values()];
    this.waiting.clear();
    this.start();
    this.onrestart(why);
    for (const { resolve, timer } of failed) {
      clearTimeout(timer);
      resolve({ error: `${why}, and was loaded anew: please report what you did` });
    }
  }

  ask(request) {
    const id = this.next++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.restart("the module took too long"), LONGEST);
      this.waiting.set(id, { resolve, timer });
      this.worker.postMessage({ id, request });
    });
  }
}

/** The module's bytes, which the page holds compressed. */
export async function unpack(base64) {
  const packed = Uint8Array.from(atob(base64.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
