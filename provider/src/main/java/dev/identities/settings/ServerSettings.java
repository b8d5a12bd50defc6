package dev.identities.settings;

/**
 * Options of the server, given at start as {@code --spi-realm-restapi-extension--app--<name>=...} or as environment
 * variable {@code KC_SPI_REALM_RESTAPI_EXTENSION__APP__<NAME>}.
 */
public final class ServerSettings {

    /** Path of a MaxMind-format file ({@code .mmdb}); without it no session has a location. */
    public static final String GEO_DATABASE = "geo-database";

    /**
     * The attribution beside places: a text, and after it, if the text has a link, the address of the link. It
     * is for a location file that does not name the owner of its data, and wins over the file's own text.
     */
    public static final String GEO_ATTRIBUTION = "geo-attribution";

    private ServerSettings() {}
}
