#!/bin/bash
# A whole film through Slurm: write what is needed next, shoot it as a job array, and again, until nothing is.
#
#   ./film.sh /shared/last_light/film.yaml [takes at once]
#
# Stop it and run it again at any time. Requests and logs go into the folder that it is run in.
set -euo pipefail

FILM=${1:?the film: film.yaml, or its folder}
AT_ONCE=${2:-8}
REQUESTS=$PWD/requests
HERE=$(dirname "$(realpath "$0")")
LAST=

while true; do
  # What stands is judged here, with the cores of this machine: what is needed next depends on it.
  COUNT=$(direct requests "$FILM" "$REQUESTS")
  [ "$COUNT" -gt 0 ] || break

  # A take that a node could not shoot is asked for again. Where none could be shot, it is no use to go on.
  NOW=$(cat "$REQUESTS"/*.json | sha256sum)
  if [ "$NOW" = "$LAST" ]; then
    echo "No take could be shot; the logs say why: takes-*.log" >&2
    exit 3
  fi
  LAST=$NOW

  sbatch --wait --array="1-$COUNT%$AT_ONCE" "$HERE/film.sbatch" "$REQUESTS" || true
done

# Every take stands: this shoots nothing, chooses, and cuts.
exec direct "$FILM"
