const sizes = [[1, 1, 1], [1, 10, 5], [5, 10, 25], [5, 20, 50], [6, 50, 100], [6, 100, 100], [12, 100, 100]] as const;

/** Closed loops from one to 1200. The more there are, the more vertices a replica executes at once. */
export const fig1Loads = sizes.map(([procs, clients, batch]) => ({num_client_procs: procs, num_clients_per_proc: clients, execute_graph_batch_size: batch}));

/** One closed loop, for latency; and as many as saturate the leaders, for throughput. */
export const fig2Loads = fig1Loads.filter(({num_client_procs, num_clients_per_proc}) => [1, 600].includes(num_client_procs * num_clients_per_proc));
