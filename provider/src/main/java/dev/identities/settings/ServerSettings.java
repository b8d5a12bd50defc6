package dev.identities.settings;

/**
 * Options of the server, given at start as {@code --spi-realm-restapi-extension--app--<name>=...} or as environment
 * variable {@code KC_SPI_REALM_RESTAPI_EXTENSION__APP__<NAME>}.
 */
public final class ServerSettings {

    /** Path of a MaxMind-format file ({@code .mmdb}); without it no session has a location. */
    public static final String GEO_DATABASE = "geo-database";

    /**
     * What must stand beside places, for a location file that does not say whose data it has: a text, and behind it, if
     * anything, the address that it links to. Wins over what the file says.
     */
    public static final String GEO_ATTRIBUTION = "geo-attribution";

    private ServerSettings() {}
}
