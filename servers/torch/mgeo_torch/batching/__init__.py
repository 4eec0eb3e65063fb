"""One queue, a policy, as many batches at once as there are replicas."""
