import {repeated, suite} from '../../source/index.ts';
import {digits, flushes, flushingEvery, grid, hundreds, oneGroup, published, writes} from './inputs.ts';
import {multipaxos} from './multipaxos.ts';

export default suite({
	protocol: multipaxos,
	name: 'ablation',
	description: 'Two to ten proxy leaders, two to four replicas, a group of acceptors and a grid, three times (VLDB 2021).',
	inputs: () => repeated(3, [oneGroup, grid(2)].flatMap(acceptors => [2, 3, 4].flatMap(replicas => [2, 3, 4, 5, 6, 7, 8, 9, 10].map(proxyLeaders => ({
		...published,
		...hundreds(5),
		num_proxy_leaders: proxyLeaders,
		...acceptors,
		num_replicas: replicas,
		leader_options: flushingEvery(10),
	}))))),
	summary: [
		{leader_flush_every_n: flushes.leader_flush_every_n},
		'num_client_procs',
		'num_clients_per_proc',
		'num_acceptor_groups',
		'num_acceptors_per_group',
		'num_replicas',
		'num_proxy_leaders',
		writes,
	],
	digits,
});
