// Stands in for the packages of that kind (`node-fetch` and others), whose own network code could not run here.
const { fetch, Headers, Request, Response, FormData, Blob, File } = globalThis;
export default fetch;
export { Blob, File, FormData, fetch, Headers, Request, Response };
