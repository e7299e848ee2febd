"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const ofFilm = Number(document.querySelector("main").dataset.rate);
  const said = document.getElementById("said");
  const MOST = 12; // videos held at once: a browser has only so many decoders
  const SPEEDS = [1, 2, 4, 8];
  const held = [];
  let current = null;
  let shuttle = 0; // times normal speed; negative backwards, 0 still
  let shuttled = [];
  let before = 0;

  const blobs = new Map();
  function source(file) {
    const inside = all('script[type="text/plain"]').find((each) => each.dataset.file === file);
    if (!inside) return file;
    if (!blobs.has(file)) {
      const bytes = Uint8Array.from(atob(inside.textContent.trim()), (letter) => letter.charCodeAt(0));
      blobs.set(file, URL.createObjectURL(new Blob([bytes], { type: "video/mp4" })));
    }
    return blobs.get(file);
  }

  const film = document.getElementById("film");
  if (film && film.dataset.file) {
    film.src = source(film.dataset.file);
    all(".caption a").forEach((link) => { link.href = film.src; link.download = film.dataset.file; });
  }

  const rateOf = (reel) => Number(reel.dataset.rate || ofFilm);
  const first = (reel) => Number(reel.dataset.first || 0);
  const start = (reel) => Number(reel.dataset.start || 0);
  const end = (reel, video) => reel.dataset.seconds ? start(reel) + Number(reel.dataset.seconds) : video.duration || 0;

  function open(reel) {
    if (!reel || !reel.dataset.file) return null;
    let video = reel.querySelector("video");
    if (video) return video;
    video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    video.preload = "auto";
    video.tabIndex = -1;
    video.src = source(reel.dataset.file);
    video.addEventListener("timeupdate", () => turn(reel, video));
    video.addEventListener("ended", () => { if (shuttle > 0) { video.currentTime = start(reel); video.play().catch(() => {}); } });
    video.currentTime = start(reel);
    reel.querySelector(".picture").append(video);
    held.push(reel);
    while (held.length > MOST) {
      const old = held.find((each) => each !== reel && !shuttled.includes(each));
      if (!old) break;
      held.splice(held.indexOf(old), 1);
      shut(old);
    }
    return video;
  }

  function shut(reel) {
    const video = reel.querySelector("video");
    if (!video) return;
    video.pause();
    video.removeAttribute("src");
    video.load();
    video.remove();
    clear(reel);
  }

  function clear(reel) {
    all(".picture > .box", reel).forEach((each) => each.remove());
  }

  // A stretch of the film begins anew at its end, and the playhead follows.
  function turn(reel, video) {
    const last = end(reel, video);
    if (reel.dataset.seconds && video.currentTime >= last - 0.5 / rateOf(reel) && shuttle >= 0) video.currentTime = start(reel);
    const frame = first(reel) + (video.currentTime - start(reel)) * rateOf(reel);
    const head = reel.querySelector(".strip .head");
    head.setAttribute("x", Math.max(0, Math.min(Number(reel.dataset.frames), frame)));
  }

  function go(reels, speed) {
    shuttled.filter((reel) => !reels.includes(reel)).forEach(stop);
    shuttled = reels.filter((reel) => open(reel));
    shuttle = shuttled.length ? speed : 0;
    for (const reel of shuttled) {
      const video = open(reel);
      clear(reel);
      tell(reel);
      if (speed > 0) { video.playbackRate = speed; video.play().catch(() => {}); } else video.pause();
    }
    if (speed < 0) { before = performance.now(); requestAnimationFrame(back); }
  }

  // No browser plays backwards: step through the pictures as fast as they come.
  function back(now) {
    if (shuttle >= 0) return;
    for (const reel of shuttled) {
      const video = open(reel);
      if (video.seeking) continue;
      let to = video.currentTime + shuttle * Math.min(0.25, (now - before) / 1000);
      if (to < start(reel)) to = end(reel, video) - 1 / rateOf(reel);
      video.currentTime = to;
      turn(reel, video);
    }
    before = now;
    requestAnimationFrame(back);
  }

  function stop(reel) {
    const video = reel.querySelector("video");
    if (video) video.pause();
    const note = reel.querySelector(".shuttle");
    if (note) note.remove();
  }

  function halt() {
    shuttled.forEach(stop);
    shuttle = 0;
  }

  function tell(reel) {
    let note = reel.querySelector(".shuttle");
    if (shuttle === 1 || shuttle === 0) { if (note) note.remove(); return; }
    if (!note) {
      note = document.createElement("span");
      note.className = "shuttle";
      note.setAttribute("aria-hidden", "true");
      reel.querySelector(".picture").append(note);
    }
    note.textContent = shuttle < 0 ? `◀ ${-shuttle}×` : `${shuttle}× ▶`;
  }

  const playing = (reel) => shuttle !== 0 && shuttled.includes(reel);
  const toggle = (reel) => playing(reel) ? halt() : go([reel], 1);

  function faster(reel, way) {
    const together = shuttled.includes(reel) ? shuttled : [reel];
    const speed = Math.sign(shuttle) === way && playing(reel) ? Math.abs(shuttle) : 0;
    go(together, way * (SPEEDS.find((each) => each > speed) || SPEEDS[SPEEDS.length - 1]));
  }

  function seek(reel, frame) {
    const video = open(reel);
    if (!video) return;
    halt();
    clear(reel);
    const to = () => {
      const step = 1 / rateOf(reel);
      const wanted = start(reel) + (frame - first(reel) + 0.5) * step;
      video.currentTime = Math.max(start(reel), Math.min(end(reel, video) - 0.5 * step, wanted));
      turn(reel, video);
    };
    if (video.readyState > 0) to(); else video.addEventListener("loadedmetadata", to, { once: true });
  }

  function step(reel, by) {
    const video = open(reel);
    if (video) seek(reel, Math.floor(first(reel) + (video.currentTime - start(reel)) * rateOf(reel) + 1e-3) + by);
  }

  const shots = () => all(".shot").filter((shot) => !shot.hidden && shot.querySelector(".reel"));

  function choose(reel, say = true) {
    if (!reel) return;
    if (current && current !== reel) {
      current.removeAttribute("aria-current");
      current.tabIndex = -1;
    }
    current = reel;
    reel.tabIndex = 0;
    reel.setAttribute("aria-current", "true");
    const shot = reel.closest(".shot");
    all(".slates a").forEach((link) => {
      const here = link.hash === `#${shot.id}`;
      if (here) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
      if (here && say) link.parentElement.scrollLeft = link.offsetLeft - link.parentElement.clientWidth / 2;
    });
    if (say) {
      reel.focus({ preventScroll: true });
      reel.scrollIntoView({ block: "nearest", inline: "nearest", behavior: calm.matches ? "auto" : "smooth" });
      const verdict = reel.closest(".take").querySelector(".verdict");
      said.textContent = `${reel.getAttribute("aria-label")}${verdict ? `: ${verdict.textContent}` : ""}`;
    }
  }

  function move(across, down) {
    if (!current || current.closest(".shot").hidden) { choose(all(".reel", shots()[0])[0]); return; }
    const list = shots();
    const shot = current.closest(".shot");
    const reels = all(".reel", shot);
    if (down) {
      const next = list[list.indexOf(shot) + down];
      if (!next) return;
      const there = all(".reel", next);
      choose(next.querySelector(".chosen .reel") || there[0]);
      return;
    }
    const place = reels.indexOf(current) + across;
    const beside = list[list.indexOf(shot) + across]; // at the end of a row, on to the next shot
    choose(reels[place] || (beside && all(".reel", beside).at(across > 0 ? 0 : -1)));
  }

  const together = (shot) => {
    const reels = all(".reel", shot);
    if (reels.every(playing)) { halt(); return; }
    halt();
    const videos = reels.map(open).filter(Boolean);
    Promise.all(videos.map((video) => video.readyState > 1 ? null : new Promise((ready) => {
      video.addEventListener("canplay", ready, { once: true });
      video.addEventListener("error", ready, { once: true });
    }))).then(() => {
      reels.forEach((reel) => { const video = open(reel); if (video) video.currentTime = start(reel); });
      go(reels, 1);
    });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const on = event.target;
    if (on instanceof HTMLInputElement || on instanceof HTMLVideoElement) return;
    const presses = on.closest && on.closest("button, a, summary");
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (presses && (key === " " || key === "Enter")) return;
    const reel = () => { if (!current) move(1, 0); return current; };
    const does = {
      ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1),
      " ": () => toggle(reel()), Enter: () => on === current && toggle(current),
      j: () => faster(reel(), -1), k: halt, l: () => faster(reel(), 1),
      ",": () => step(reel(), -1), ".": () => step(reel(), 1), p: () => together(reel().closest(".shot")),
    }[key];
    if (!does || !shots().length) return;
    event.preventDefault();
    does();
  });

  document.addEventListener("click", (event) => {
    const on = event.target;
    const evidence = on.closest(".evidence");
    const strip = on.closest(".strip");
    const copy = on.closest(".copy");
    const reel = on.closest(".reel");
    if (evidence) {
      const there = evidence.closest(".take").querySelector(".reel");
      choose(there, false);
      seek(there, Number(evidence.dataset.frame));
      const box = evidence.querySelector(".box");
      if (box) there.querySelector(".picture").append(box.cloneNode(true));
      there.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (strip) {
      const place = strip.getBoundingClientRect();
      choose(reel, false);
      seek(reel, Math.floor((event.clientX - place.left) / place.width * Number(reel.dataset.frames)));
    } else if (reel) {
      choose(reel);
      toggle(reel);
    } else if (copy) {
      const words = copy.textContent;
      const done = () => {
        copy.textContent = "copied";
        copy.classList.add("copied");
        said.textContent = `Copied ${words}`;
        setTimeout(() => { copy.textContent = words; copy.classList.remove("copied"); }, 1200);
      };
      const gone = () => { said.textContent = copy.dataset.copy; getSelection().selectAllChildren(copy); };
      if (navigator.clipboard) navigator.clipboard.writeText(copy.dataset.copy).then(done, gone); else gone();
    } else if (on.closest(".together")) together(on.closest(".shot"));
  });

  all('input[name="show"]').forEach((input) => input.addEventListener("change", () => {
    const wanted = input.value;
    all(".shot").forEach((shot) => {
      const { state, takes } = shot.dataset;
      shot.hidden = !(wanted === "all" || wanted === state || (wanted === "again" && Number(takes) > 1));
    });
    all(".scene").forEach((scene) => { scene.hidden = all(".shot", scene).every((shot) => shot.hidden); });
    all(".slates a").forEach((link) => { link.hidden = document.getElementById(link.hash.slice(1)).hidden; });
    const count = all(".shot").filter((shot) => !shot.hidden).length;
    document.getElementById("none").hidden = count > 0;
    said.textContent = `${count} shots shown`;
  }));

  const reels = shots();
  if (reels.length) {
    const reel = reels[0].querySelector(".chosen .reel") || reels[0].querySelector(".reel");
    reel.tabIndex = 0; // the way in with the tab key; what is current is marked once it is chosen
  }
  document.addEventListener("focusin", (event) => {
    if (event.target.classList.contains("reel") && event.target !== current) choose(event.target, false);
  });
})();
