package holdfast.server.drivers;

import holdfast.storage.StorageDriver;

class MemoryDriverTest extends StorageDriverContract {
    private final MemoryDriver driver = new MemoryDriver();

    @Override
    protected StorageDriver driver() {
        return driver;
    }

    @Override
    protected void silence() {
        driver.fallSilent("unplugged");
    }

    @Override
    protected void bringBack() {
        driver.answerAgain();
    }
}
