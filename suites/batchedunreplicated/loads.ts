import {ramp} from '../../source/index.ts';

/** Closed loops from one to 4000, a hundred a proc. The more there are, the larger the batches. */
export const batchedLoads = ramp([1, 50, 100], [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 25, 30, 35, 40])
	.map(clients => ({clients, batch: batchSize(clients.num_client_procs * clients.num_clients_per_proc)}));

function batchSize(loops: number): number {
	const sizes = [{upTo: 1, size: 1}, {upTo: 50, size: 10}, {upTo: 100, size: 20}, {upTo: 300, size: 40}];
	return sizes.find(({upTo}) => loops <= upTo)?.size ?? 100;
}
