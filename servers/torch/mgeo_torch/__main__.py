"""`python -m mgeo_torch`."""

from mgeo_torch.main import main

main()
