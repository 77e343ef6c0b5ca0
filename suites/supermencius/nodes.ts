/** Three super nodes, each with a part of everything. */
export const threeNodes = {
	num_leader_groups: 3,
	num_leaders_per_group: 3,
	num_proxy_leaders: 3,
	num_acceptor_groups_per_leader_group: 1,
	num_acceptors_per_group: 3,
	num_replicas: 3,
	num_proxy_replicas: 3,
	distribution_scheme: 'COLOCATED',
};
