#!/usr/bin/env python3
"""Cuts each line of standard input into jieba's words for search, joined by tabs."""
import logging
import sys

import jieba

jieba.setLogLevel(logging.ERROR)
for line in sys.stdin.buffer.read().decode("utf-8").split("\n")[:-1]:
    words = (word for word in jieba.cut_for_search(line) if any(map(str.isalnum, word)))
    sys.stdout.buffer.write(("\t".join(words) + "\n").encode("utf-8"))
