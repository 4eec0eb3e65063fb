"""Starts the server: `python servers/torch/serve.py --port 8080`. `--help` lists the flags."""

from mgeo_torch.main import main

if __name__ == "__main__":
    main()
