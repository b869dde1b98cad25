package dev.averment.sabotage.code;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent: it joins a disposable instance before its first class and makes the mistakes that its own archive lists. */
public final class MistakenCode implements ClassFileTransformer {
    /** Name in the archive. */
    static final String LIST = "mistakes";

    private final List<CodeMistake> mistakes;

    private MistakenCode(List<CodeMistake> mistakes) {
        this.mistakes = mistakes;
    }

    /** Called by the Java machine. */
    public static void premain(@Nullable String unused, Instrumentation machine) throws IOException {
        try (InputStream in = MistakenCode.class.getResourceAsStream("/" + LIST)) {
            if (in == null) {
                throw new IOException("no list of mistakes");
            }
            machine.addTransformer(
                    new MistakenCode(CodeMistake.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))));
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        List<CodeMistake> here = mistakes.stream()
                .filter(m -> m.type().replace('.', '/').equals(name))
                .toList();
        if (here.isEmpty()) {
            return null;
        }
        try {
            return mistaken(bytes, here);
        } catch (RuntimeException e) {
            // A mistake that can't be made must not pass for one that was looked past: the instance does not start.
            e.printStackTrace();
            Runtime.getRuntime().halt(70);
            return null;
        }
    }

    /** The class with these mistakes. */
    static byte[] mistaken(byte[] bytes, List<CodeMistake> mistakes) {
        ClassFile files = ClassFile.of();
        byte[] now = bytes;
        for (CodeMistake mistake : mistakes) {
            var wanted = files.parse(now);
            if (wanted.methods().stream().noneMatch(m -> concerns(mistake, m))) {
                throw new IllegalStateException("there is no " + mistake);
            }
            now = files.transformClass(wanted, (builder, element) -> {
                if (element instanceof MethodModel method && concerns(mistake, method)) {
                    builder.transformMethod(method, MethodTransform.transformingCode(wrong(mistake, method)));
                } else {
                    builder.with(element);
                }
            });
        }
        return now;
    }

    private static boolean concerns(CodeMistake mistake, MethodModel method) {
        return method.methodName().equalsString(mistake.method())
                && method.methodType().stringValue().startsWith(mistake.taking())
                && !method.flags().has(AccessFlag.ABSTRACT)
                && !method.flags().has(AccessFlag.BRIDGE);
    }

    private static CodeTransform wrong(CodeMistake mistake, MethodModel method) {
        return CodeTransform.ofStateful(() -> new CodeTransform() {
            private boolean miswritten;

            @Override
            public void atStart(CodeBuilder code) {
                switch (mistake.what()) {
                    case RETURNS -> code.return_();
                    case GIVES_ITSELF -> code.aload(0).areturn();
                    case GIVES_TRUE -> code.iconst_1().ireturn();
                    case GIVES_FALSE -> code.iconst_0().ireturn();
                    case GIVES_LAST -> {
                        int last = method.methodTypeSymbol().parameterCount() - 1;
                        code.aload(code.parameterSlot(last)).areturn();
                    }
                    case FORGETS_LAST -> {
                        int last = method.methodTypeSymbol().parameterCount() - 1;
                        code.aconst_null().astore(code.parameterSlot(last));
                    }
                    case MISWRITES -> {}
                }
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                switch (mistake.what()) {
                    case FORGETS_LAST -> code.with(element);
                    case MISWRITES -> {
                        if (element instanceof ConstantInstruction constant
                                && constant.constantValue() instanceof String text
                                && text.contains(mistake.right())) {
                            code.loadConstant(text.replace(mistake.right(), mistake.wrong()));
                            miswritten = true;
                        } else {
                            code.with(element);
                        }
                    }
                    case RETURNS, GIVES_ITSELF, GIVES_TRUE, GIVES_FALSE, GIVES_LAST -> {}
                }
            }

            @Override
            public void atEnd(CodeBuilder code) {
                if (mistake.what() == CodeMistake.What.MISWRITES && !miswritten) {
                    throw new IllegalStateException("there is no text to miswrite for " + mistake);
                }
            }
        });
    }
}
