package dev.identities.filter;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides filters by the reference implementation of CEL. */
final class CelOracle {

    private final Map<String, CelType> types = new HashMap<>();
    private final Map<String, Map<String, CelType>> nested = new HashMap<>();
    private final CelCompiler compiler;
    private final CelRuntime runtime;
    private final Vocabulary fields;

    CelOracle(Vocabulary fields) {
        this.fields = fields;
        CelType object = struct("obj", fields);
        CelType time = StructType.create("time", ImmutableSet.of("now"), name -> Optional.of(SimpleType.TIMESTAMP));
        types.put("time", time);
        compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.EXISTS)
                .setTypeProvider(provider(ImmutableMap.copyOf(types)))
                .addVar("obj", object)
                .addVar("time", time)
                .addFunctionDeclarations(
                        CelFunctionDecl.newFunctionDeclaration(
                                "add",
                                CelOverloadDecl.newMemberOverload(
                                        "time_add", SimpleType.TIMESTAMP, SimpleType.TIMESTAMP, SimpleType.STRING)),
                        CelFunctionDecl.newFunctionDeclaration(
                                "subtract",
                                CelOverloadDecl.newMemberOverload(
                                        "time_subtract",
                                        SimpleType.TIMESTAMP,
                                        SimpleType.TIMESTAMP,
                                        SimpleType.STRING)),
                        CelFunctionDecl.newFunctionDeclaration(
                                "inNetwork",
                                CelOverloadDecl.newGlobalOverload(
                                        "in_network", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)))
                .build();
        runtime = CelRuntimeFactory.legacyCelRuntimeBuilder()
                .addFunctionBindings(
                        CelFunctionBinding.from(
                                "time_add", Instant.class, String.class, (at, span) -> at.plus(duration(span))),
                        CelFunctionBinding.from(
                                "time_subtract", Instant.class, String.class, (at, span) -> at.minus(duration(span))),
                        CelFunctionBinding.from("in_network", String.class, String.class, CelOracle::inNetwork))
                .build();
    }

    private static CelTypeProvider provider(ImmutableMap<String, CelType> types) {
        return new CelTypeProvider() {
            @Override
            public ImmutableList<CelType> types() {
                return types.values().asList();
            }

            @Override
            public Optional<CelType> findType(String name) {
                return Optional.ofNullable(types.get(name));
            }
        };
    }

    /** A structure of the fields of a vocabulary, in which a dot leads into a structure. */
    private CelType struct(String name, Vocabulary of) {
        Map<String, CelType> members = new LinkedHashMap<>();
        for (Field field : of.fields()) {
            add(name, members, field.name(), type(field));
            field.members()
                    .ifPresent(list -> add(name, members, field.name() + "_keys", ListType.create(SimpleType.STRING)));
        }
        return struct(name, members);
    }

    private StructType struct(String name, Map<String, CelType> current) {
        ImmutableMap<String, CelType> members = ImmutableMap.copyOf(current);
        StructType struct =
                StructType.create(name, members.keySet(), member -> Optional.ofNullable(members.get(member)));
        types.put(name, struct);
        return struct;
    }

    private void add(String root, Map<String, CelType> members, String path, CelType type) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            members.putIfAbsent(path, type);
            return;
        }
        String object = path.substring(0, dot);
        // Without a dot, because CEL takes a name with dots for the type where a path of the same name stands.
        String inner = root + "_" + object;
        Map<String, CelType> within = nested.computeIfAbsent(inner, none -> new LinkedHashMap<>());
        add(inner, within, path.substring(dot + 1), type);
        members.put(object, struct(inner, within));
    }

    private CelType type(Field field) {
        return switch (field.type()) {
            case TEXT, ADDRESS -> SimpleType.STRING;
            case BOOLEAN -> SimpleType.BOOL;
            case INTEGER -> NullableType.create(SimpleType.INT);
            case NUMBER -> NullableType.create(SimpleType.DOUBLE);
            case TIME -> SimpleType.TIMESTAMP;
            case LIST ->
                ListType.create(
                        isOfTexts(field)
                                ? SimpleType.STRING
                                : struct(
                                        "member_" + field.name(),
                                        field.members().orElseThrow().fields()));
            default -> SimpleType.DYN;
        };
    }

    /** Whether the members of the list are texts themselves. */
    private static boolean isOfTexts(Field list) {
        return list.members().orElseThrow().key().name().isEmpty();
    }

    CelRuntime.Program compile(String expression) {
        try {
            return runtime.createProgram(compiler.compile(expression).getAst());
        } catch (CelValidationException | CelEvaluationException refused) {
            throw new AssertionError(expression, refused);
        }
    }

    boolean holds(CelRuntime.Program program, Map<String, Object> row) {
        try {
            return (Boolean) program.eval(row);
        } catch (CelEvaluationException failed) {
            throw new AssertionError(failed);
        }
    }

    /** What CEL gets to see of a row. */
    Map<String, Object> row(Scope scope) {
        return Map.of("obj", object(fields, scope), "time", Map.of("now", Sample.NOW));
    }

    private static Map<String, Object> object(Vocabulary of, Scope scope) {
        Map<String, Object> object = new HashMap<>();
        for (Field field : of.fields()) {
            Object value = field.read().apply(scope);
            if (field.members().isPresent()) {
                Field.Members members = field.members().get();
                List<Scope> inside =
                        ((List<?>) value).stream().map(scope::inside).toList();
                put(
                        object,
                        field.name(),
                        inside.stream()
                                .map(member ->
                                        isOfTexts(field) ? member.listedText() : object(members.fields(), member))
                                .toList());
                put(
                        object,
                        field.name() + "_keys",
                        inside.stream()
                                .map(member -> members.key().read().apply(member))
                                .toList());
            } else if (field.type() != Type.OBJECT) {
                put(object, field.name(), value == null ? NullValue.NULL_VALUE : value);
            }
        }
        return object;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> object, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            object.put(path, value);
        } else {
            put(
                    (Map<String, Object>) object.computeIfAbsent(path.substring(0, dot), none -> new HashMap<>()),
                    path.substring(dot + 1),
                    value);
        }
    }

    private static Duration duration(String span) {
        long number = Long.parseLong(span.substring(0, span.length() - 1));
        return switch (span.charAt(span.length() - 1)) {
            case 'w' -> Duration.ofDays(7 * number);
            case 'd' -> Duration.ofDays(number);
            case 'h' -> Duration.ofHours(number);
            case 'm' -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /** By numbers: both are addresses of one family and agree in the leading bits. */
    private static boolean inNetwork(String address, String network) {
        String[] parts = network.split("/", 2);
        if (!InetAddresses.isInetAddress(address)) {
            return false;
        }
        byte[] one = InetAddresses.forString(address).getAddress();
        byte[] other = InetAddresses.forString(parts[0]).getAddress();
        int bits = Integer.parseInt(parts[1]) - (parts[0].startsWith("::ffff:") ? 96 : 0);
        int rest = 8 * one.length - bits;
        return one.length == other.length
                && new BigInteger(1, one).shiftRight(rest).equals(new BigInteger(1, other).shiftRight(rest));
    }
}
