package dev.identities.signal;

import dev.identities.session.Device;
import java.util.Optional;

/**
 * A kind of device. Browsers and versions do not count, because people change browsers and versions change by
 * themselves.
 *
 * @param type for example {@code Desktop}; never empty
 * @param system the operating system, for example {@code Windows}; empty when unknown
 */
record DeviceKind(String type, String system) {

    /** Empty for a device that did not say what it is. */
    static Optional<DeviceKind> of(Device device) {
        return device.type().isEmpty() ? Optional.empty() : Optional.of(new DeviceKind(device.type(), device.osName()));
    }

    /** Whether both may be one kind. An unknown operating system may be any. */
    boolean resembles(DeviceKind other) {
        return type.equals(other.type) && (system.isEmpty() || other.system.isEmpty() || system.equals(other.system));
    }

    @Override
    public String toString() {
        return system.isEmpty() ? type : type + " " + system;
    }
}
