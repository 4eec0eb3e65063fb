"""Trains on labelled pairs: `python servers/torch/finetune.py pairs.jsonl`. Prints one JSON line an epoch; `--help` lists the flags."""

from mgeo_torch.training.main import main

if __name__ == "__main__":
    main()
