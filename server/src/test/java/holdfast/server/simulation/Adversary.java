package holdfast.server.simulation;

import holdfast.server.simulation.Store.Mood;
import holdfast.vocabulary.StoragePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/** Does to the elements what the world does: bytes rot and are lost, elements fall silent, lie, fill up and burn. */
final class Adversary {
    private static final Mood[] MOODS = Mood.values();

    private final World world;
    private final List<Spell> spells = new ArrayList<>();

    private record Spell(Store store, Mood mood, Instant until) {}

    Adversary(World world) {
        this.world = world;
    }

    void strike() {
        List<Store> stores = List.copyOf(world.stores.values());
        Store store = stores.get(world.random.nextInt(stores.size()));
        int what = world.random.nextInt(100);
        if (what < 30) {
            damage(store, true);
        } else if (what < 45) {
            damage(store, false);
        } else if (what < 50 || (what < 65 && world.weather.kind() == Weather.Kind.DISASTER)) {
            burn(store);
        } else if (what < 60) {
            store.migrate();
            world.note("%s migrates what was online", store.name);
        } else {
            cast(store, MOODS[world.random.nextInt(MOODS.length)], span());
        }
        lookAt(store);
    }

    /** Something happens to an element in the midst of a call. */
    void strikeWithin(Store store) {
        switch (world.random.nextInt(5)) {
            case 0 -> cast(store, Mood.SILENT, span());
            case 1 -> damage(store, true);
            case 2 -> damage(store, false);
            default -> cast(store, Mood.FLAPPING, span());
        }
        lookAt(store);
    }

    private Duration span() {
        return world.chance(0.6)
                ? Duration.ofSeconds(20 + world.random.nextInt(3600))
                : Duration.ofMinutes(60 + world.random.nextInt(5 * 24 * 60));
    }

    private void damage(Store store, boolean rots) {
        List<StoragePath> paths = store.paths();
        if (world.chance(0.9)) {
            paths = paths.stream().filter(p -> !p.path().startsWith(".")).toList();
        }
        if (paths.isEmpty()) {
            return;
        }
        StoragePath path = paths.get(world.random.nextInt(paths.size()));
        if (rots) {
            store.rot(path, world.random.nextInt(1000));
        } else {
            store.lose(path);
        }
        world.note("%s of %s %s", path, store.name, rots ? "rots" : "is lost");
    }

    private void burn(Store store) {
        store.burn();
        boolean another = world.chance(0.3);
        world.note("%s burns down and will come back %s", store.name, another ? "as another" : "empty");
        if (another && store.mark != null) {
            store.mark = new UUID(world.seed, world.random.nextLong());
            store.replaced = true;
        }
        cast(store, Mood.SILENT, span());
    }

    private void cast(Store store, Mood mood, Duration span) {
        world.note("%s is %s for %s", store.name, mood, span);
        store.moods.add(mood);
        spells.add(new Spell(store, mood, world.now().plus(span)));
    }

    /** Ends what has lasted long enough. */
    void time() {
        for (Iterator<Spell> left = spells.iterator(); left.hasNext(); ) {
            Spell spell = left.next();
            if (!spell.until.isAfter(world.now())) {
                left.remove();
                boolean more = spells.stream().anyMatch(s -> s.store == spell.store && s.mood == spell.mood);
                if (!more) {
                    spell.store.moods.remove(spell.mood);
                    world.note("%s is %s no more", spell.store.name, spell.mood);
                    lookAt(spell.store);
                }
            }
        }
    }

    private void lookAt(Store store) {
        if (store.answers()) {
            store.silentSince = null;
            store.noticed = null;
            store.watched = null;
        } else if (store.silentSince == null) {
            store.silentSince = world.now();
        }
    }

    /** Everything that can be mended is; what is gone stays gone. */
    void relent() {
        spells.clear();
        for (Store store : world.stores.values()) {
            store.moods.clear();
            if (store.everMarked) {
                store.mark = new UUID(world.seed, store.name.hashCode());
                store.replaced = false;
            }
            lookAt(store);
        }
    }
}
