/* What prom-client asks for the trace of a request; the engine has none. */
export {};
