package dev.identities;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.identities.api.ApiServer;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminRoot;

/** The lines between the packages, as the design draws them. */
class ArchitectureTest {

    private static final String ADAPTERS = "dev.identities.keycloak..";

    private static final String COMPOSITION = "dev.identities.boot..";

    /** The rooms that may know Keycloak's private jars. */
    private static final String[] KEYCLOAK_ROOMS = {ADAPTERS, COMPOSITION};

    /** Keycloak's public jars: what the rooms that may know Keycloak use without a decision. */
    private static final Set<String> PUBLIC_JARS = Set.of("keycloak-core", "keycloak-common", "keycloak-server-spi");

    /** What the adapters need besides; a new one is a decision. */
    private static final Set<String> ADAPTER_JARS = Set.of(
            "keycloak-server-spi-private",
            "keycloak-services",
            "keycloak-model-infinispan",
            "keycloak-model-jpa",
            "keycloak-model-storage",
            "keycloak-model-storage-private",
            "keycloak-ssf-core",
            "keycloak-ssf-transmitter");

    private static final Pattern JAR = Pattern.compile("(keycloak-[a-z-]+?)-[0-9].*\\.jar");

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.identities");

    @Test
    @DisplayName("every package is there and has been read")
    void imported() {
        assertThat(OURS.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrder(
                        "dev.identities.access",
                        "dev.identities.address",
                        "dev.identities.api",
                        "dev.identities.api.globalrevocation",
                        "dev.identities.api.ngrok",
                        "dev.identities.api.pingfederate",
                        "dev.identities.boot",
                        "dev.identities.bulk",
                        "dev.identities.capture",
                        "dev.identities.ending",
                        "dev.identities.feed",
                        "dev.identities.filter",
                        "dev.identities.keycloak",
                        "dev.identities.keycloak.access",
                        "dev.identities.keycloak.audit",
                        "dev.identities.keycloak.bulk",
                        "dev.identities.keycloak.caep",
                        "dev.identities.keycloak.changes",
                        "dev.identities.keycloak.channel",
                        "dev.identities.keycloak.discovery",
                        "dev.identities.keycloak.ending",
                        "dev.identities.keycloak.events",
                        "dev.identities.keycloak.feed",
                        "dev.identities.keycloak.sessions",
                        "dev.identities.keycloak.slots",
                        "dev.identities.keycloak.users",
                        "dev.identities.listing",
                        "dev.identities.metrics",
                        "dev.identities.notify",
                        "dev.identities.place",
                        "dev.identities.session",
                        "dev.identities.settings",
                        "dev.identities.signal",
                        "dev.identities.text");
        assertThat(OURS.contain(ApiServer.class)).isFalse();
    }

    @Test
    @DisplayName(
            "only the adapters and the composition room use Keycloak's private jars, by the jar that a class really"
                    + " comes from")
    void privateJars() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(KEYCLOAK_ROOMS)
                .should()
                .dependOnClassesThat(describe(
                        "come from a private jar of Keycloak",
                        target -> !jar(target).isEmpty() && !PUBLIC_JARS.contains(jar(target)))));
    }

    @Test
    @DisplayName("they use these jars of Keycloak and no others")
    void adapterJars() {
        Set<String> jars = new TreeSet<>();
        for (JavaClass ours : OURS) {
            for (Dependency dependency : ours.getDirectDependenciesFromSelf()) {
                String jar = jar(dependency.getTargetClass());
                if (!jar.isEmpty() && !PUBLIC_JARS.contains(jar)) {
                    jars.add(jar);
                }
            }
        }
        assertThat(jars).isEqualTo(new TreeSet<>(ADAPTER_JARS));
    }

    @Test
    @DisplayName("jars are told by where a class was loaded from")
    void jars() {
        JavaClasses samples =
                new ClassFileImporter().importClasses(KeycloakSession.class, AdminRoot.class, String.class);
        assertThat(jar(samples.get(KeycloakSession.class))).isEqualTo("keycloak-server-spi");
        assertThat(jar(samples.get(AdminRoot.class))).isEqualTo("keycloak-services");
        assertThat(jar(samples.get(String.class))).isEmpty();
    }

    @Test
    @DisplayName("the domain is plain Java")
    void domain() {
        onlyDependOn("dev.identities.session..", "java..");
    }

    @Test
    @DisplayName("each package depends on what its task needs, and on nothing else")
    void allowedDependencies() {
        onlyDependOn("dev.identities.settings..", "java..");
        onlyDependOn("dev.identities.text..", "java..");
        onlyDependOn("dev.identities.address..", "java..", "com.google.common.net..");
        onlyDependOn("dev.identities.access..", "java..", "dev.identities.session..", "dev.identities.settings..");
        onlyDependOn("dev.identities.listing..", "java..", "dev.identities.filter..", "dev.identities.session..");
        onlyDependOn(
                "dev.identities.filter..",
                "java..",
                "dev.identities.address..",
                "dev.identities.session..",
                "dev.identities.signal..",
                "com.google.common.net..");
        onlyDependOn("dev.identities.capture..", "java..", "dev.identities.session..", "ua_parser..");
        onlyDependOn(
                "dev.identities.place..",
                "java..",
                "dev.identities.address..",
                "dev.identities.session..",
                "com.github.benmanes.caffeine..",
                "com.google.common.net..",
                "com.maxmind.db..",
                "org.jboss.logging..");
        onlyDependOn("dev.identities.signal..", "java..", "dev.identities.session..", "dev.identities.settings..");
        onlyDependOn("dev.identities.notify..", "java..", "dev.identities.text..", "org.jboss.logging..");
        onlyDependOn(
                "dev.identities.ending..",
                "java..",
                "dev.identities.session..",
                "dev.identities.listing..",
                "dev.identities.notify..",
                "org.jboss.logging..");
        onlyDependOn(
                "dev.identities.bulk..",
                "java..",
                "dev.identities.access..",
                "dev.identities.ending..",
                "dev.identities.listing..",
                "dev.identities.session..");
        onlyDependOn(
                "dev.identities.feed..",
                "java..",
                "dev.identities.access..",
                "dev.identities.listing..",
                "dev.identities.session..",
                "dev.identities.signal..",
                "org.jboss.logging..");
        onlyDependOn(
                "dev.identities.api", "java..", "jakarta.ws.rs..", "com.fasterxml.jackson..", "org.jboss.logging..");
        onlyDependOn(
                "dev.identities.metrics..",
                "java..",
                "jakarta.ws.rs..",
                "org.jboss.logging..",
                "io.micrometer.core..",
                "dev.identities.api",
                "dev.identities.ending..",
                "dev.identities.notify..");
    }

    @Test
    @DisplayName("the APIs know neither each other nor the store nor the adapter")
    void apis() {
        String[] common = {
            "java..",
            "jakarta.ws.rs..",
            "com.fasterxml.jackson..",
            "org.jboss.logging..",
            "dev.identities.access..",
            "dev.identities.address..",
            "dev.identities.api",
            "dev.identities.bulk..",
            "dev.identities.ending..",
            "dev.identities.feed..",
            "dev.identities.filter..",
            "dev.identities.listing..",
            "dev.identities.notify..",
            "dev.identities.session..",
            "dev.identities.settings..",
            "dev.identities.text.."
        };
        onlyDependOn("dev.identities.api.ngrok..", and("dev.identities.signal..", common));
        onlyDependOn("dev.identities.api.globalrevocation..", common);
        onlyDependOn("dev.identities.api.pingfederate..", common);
    }

    @Test
    @DisplayName("nothing depends on the adapters but the composition room, and nothing on that")
    void adapters() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(KEYCLOAK_ROOMS)
                .should()
                .dependOnClassesThat(resideInAPackage(ADAPTERS)));
        check(noClasses()
                .that()
                .resideOutsideOfPackage(COMPOSITION)
                .should()
                .dependOnClassesThat(resideInAPackage(COMPOSITION)));
    }

    @Test
    @DisplayName("the rooms that read know nothing of endings, and the room of endings does not know who calls")
    void adapterRooms() {
        knowsNot("dev.identities.keycloak.sessions..", "dev.identities.keycloak.ending..", "dev.identities.ending..");
        knowsNot("dev.identities.keycloak.users..", "dev.identities.keycloak.ending..", "dev.identities.ending..");
        knowsNot("dev.identities.keycloak.ending..", "dev.identities.keycloak.access..");
    }

    @Test
    @DisplayName("JPA stays in the adapters, and so does CDI")
    void persistence() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ADAPTERS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "jakarta.enterprise..", "org.hibernate.."));
    }

    @Test
    @DisplayName("two packages know Infinispan, and nothing of the adapters but themselves")
    void infinispan() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.identities.keycloak.slots..", "dev.identities.keycloak.channel..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.infinispan..")));
        onlyDependOn(
                "dev.identities.keycloak.channel..",
                "java..",
                "org.infinispan..",
                "org.jboss.logging..",
                "org.keycloak..");
        onlyDependOn(
                "dev.identities.keycloak.slots..",
                "java..",
                "org.infinispan..",
                "org.jboss.logging..",
                "org.keycloak..",
                "dev.identities.session..");
    }

    @Test
    @DisplayName("one package knows Micrometer: a server may come without it")
    void micrometer() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.identities.metrics..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.micrometer..")));
    }

    @Test
    @DisplayName("one class knows Keycloak's transmitter of shared signals: a server may come without it")
    void sharedSignals() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.identities.keycloak.caep.SharedSignals")
                .should()
                .dependOnClassesThat(resideInAPackage("org.keycloak.ssf..")));
    }

    @Test
    @DisplayName("no package depends on itself by way of another")
    void cycles() {
        check(slices().matching("dev.identities.(*)..").should().beFreeOfCycles());
        check(slices().matching("dev.identities.keycloak.(*)..").should().beFreeOfCycles());
    }

    @Test
    @DisplayName("admin authentication and permissions, client authentication and the context's realm: adapters only")
    void authentication() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(KEYCLOAK_ROOMS)
                .should()
                .dependOnClassesThat(nameMatching(".*\\.(AdminRoot|AdminAuth|AdminPermissions|AuthorizeClientUtil)"))
                .orShould()
                .callMethodWhere(describe(
                        "sets the context's realm",
                        call -> call.getTarget().getName().equals("setRealm")
                                && call.getTargetOwner().isAssignableTo(KeycloakContext.class))));
        assertThat(OURS.stream()
                        .filter(ours -> ours.getMethodCallsFromSelf().stream()
                                .map(call -> (AccessTarget) call.getTarget())
                                .anyMatch(target -> target.getName().equals("setRealm")))
                        .map(JavaClass::getPackageName)
                        .distinct())
                .as("the rule looks at a method that exists")
                .isNotEmpty()
                .allMatch(name -> name.startsWith("dev.identities.keycloak."));
    }

    @Test
    @DisplayName("tokens are read by Keycloak, but for the one kind that Keycloak does not know")
    void tokens() {
        check(noClasses()
                .that()
                .haveNameNotMatching("dev\\.identities\\.keycloak\\.access\\."
                        + "(RevocationToken|KeycloakGlobalRevocationAuthentication)")
                .should()
                .dependOnClassesThat(nameMatching("org\\.keycloak\\.(jose\\.jws\\..*|TokenVerifier.*)")));
    }

    @Test
    @DisplayName("nothing of ours is where Keycloak scans or where its own classes are")
    void noIntrusion() {
        check(noClasses().should().resideInAPackage("org.keycloak.."));
        check(noClasses().should().beAnnotatedWith("jakarta.ws.rs.Path"));
        check(noClasses().should().beAnnotatedWith("jakarta.ws.rs.ext.Provider"));
        check(noClasses().should().beAnnotatedWith("jakarta.ws.rs.ApplicationPath"));
    }

    @Test
    @DisplayName("logging goes through JBoss Logging")
    void logging() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
        check(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "org.apache.commons.logging.."));
    }

    @Test
    @DisplayName("no class reads the environment or system properties")
    void configuration() {
        check(noClasses()
                .should()
                .callMethodWhere(describe(
                        "reads the environment",
                        call -> call.getTargetOwner().isEquivalentTo(System.class)
                                && (call.getTarget().getName().equals("getenv")
                                        || call.getTarget().getName().equals("getProperty")))));
    }

    @Test
    @DisplayName("addresses are parsed, never resolved: a name from outside must not reach DNS")
    void noDns() {
        check(noClasses()
                .should()
                .callMethodWhere(describe(
                        "asks DNS",
                        call -> call.getTargetOwner().getPackageName().equals("java.net")
                                && (call.getTarget().getName().equals("getByName")
                                        || call.getTarget().getName().equals("getAllByName")))));
    }

    @Test
    @DisplayName("a rule that no class obeys fails, so the checks do look")
    void rulesFail() {
        ArchRule wrong = noClasses().should().dependOnClassesThat(describe("come from Keycloak", target -> !jar(target)
                .isEmpty()));
        assertThatThrownBy(() -> check(wrong)).isInstanceOf(AssertionError.class);
    }

    private static String[] and(String first, String... others) {
        return Stream.concat(Stream.of(first), Stream.of(others)).toArray(String[]::new);
    }

    private static void onlyDependOn(String room, String... others) {
        String[] allowed = and(room, others);
        check(classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed));
    }

    private static void knowsNot(String room, String... others) {
        check(noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others));
    }

    private static void check(ArchRule rule) {
        rule.check(OURS);
    }

    /** The Keycloak jar that a class was loaded from, without its version; empty for every other class. */
    private static String jar(JavaClass target) {
        JavaClass element = target.getBaseComponentType();
        if (!element.getPackageName().startsWith("org.keycloak")) {
            return "";
        }
        CodeSource source = element.reflect().getProtectionDomain().getCodeSource();
        String file = Path.of(URI.create(source.getLocation().toString()))
                .getFileName()
                .toString();
        Matcher matcher = JAR.matcher(file);
        return matcher.matches() ? matcher.group(1) : file;
    }
}
