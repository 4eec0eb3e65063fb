/** In what a baseline and a run have to be alike. */
export const likenessFacts = ['machine', 'driver', 'engine', 'model', 'plan'] as const;
export type LikenessFact = (typeof likenessFacts)[number];

/** refuse: nothing is judged by an unlike baseline; advisory: it is judged and only warns; accept: as if it were alike. */
export const likenessPolicies = ['refuse', 'advisory', 'accept'] as const;
export type LikenessPolicy = (typeof likenessPolicies)[number];
