using GpuMargin.Tests.Architecture.Examples.Late;

#pragma warning disable CA1812, CS0169, CS0649, CA1823, IDE0051, CA1801, CA1822 // Examples that are read from metadata and never run.

namespace GpuMargin.Tests.Architecture.Examples
{
    sealed class RootType
    {
        LateType? late;

        public override string ToString() => $"{late}";
    }
}

namespace GpuMargin.Tests.Architecture.Examples.Late
{
    class LateType
    {
        public static int Number;

        public static void Call()
        {
            Early.EarlyType.Call();
        }
    }

    interface ILate;

    sealed class LateException : Exception;

    [AttributeUsage(AttributeTargets.Class)]
    sealed class LateAttribute : Attribute;

    sealed class UseOfRoot
    {
        public object Made() => new RootType();
    }
}

namespace GpuMargin.Tests.Architecture.Examples.Early
{
    static class EarlyType
    {
        public static void Call()
        {
        }

        public static T? None<T>() => default;
    }

    [AttributeUsage(AttributeTargets.Class)]
    sealed class KindAttribute(Type kind) : Attribute
    {
        public Type Kind { get; } = kind;
    }

    sealed class UseByBase : LateType;

    sealed class UseByInterface : ILate;

    sealed class UseByField
    {
        List<LateType[]>? field;
    }

    sealed class UseByProperty
    {
        public LateType? Property { get; }
    }

    sealed class UseByParameter
    {
        public static void Take(in LateType late) => EarlyType.Call();
    }

    sealed class UseByGenericArgument : List<Dictionary<int, ILate>>;

    sealed class UseByConstraint<T>
        where T : ILate;

    [Late]
    sealed class UseByAttribute;

    [Kind(typeof(LateType))]
    sealed class UseByAttributeArgument;

    sealed class UseByCall
    {
        public static void Run() => LateType.Call();
    }

    sealed class UseByStaticField
    {
        public static int Run() => LateType.Number;
    }

    sealed class UseByTypeOf
    {
        public static object Run() => typeof(ILate);
    }

    sealed class UseByCatch
    {
        public static void Run()
        {
            try
            {
                EarlyType.Call();
            }
            catch (LateException)
            {
                EarlyType.Call();
            }
        }
    }

    sealed class UseByLocal
    {
        public static int Run(object value)
        {
            object[] both = [value, value];
            return both is [ILate, _] ? 1 : 0;
        }
    }

    sealed class UseByMethodArgument
    {
        public static object? Run() => EarlyType.None<LateException>();
    }

    sealed class UseByLambda
    {
        public static Func<int> Run(int x) => () => x + LateType.Number;
    }

    sealed class UseByIterator
    {
        public static IEnumerable<int> Run()
        {
            yield return LateType.Number;
        }
    }

    sealed class UseByNestedType
    {
        sealed class Nested
        {
            ILate? late;
        }
    }
}

namespace GpuMargin.Tests.Architecture.Examples.Early.Inner
{
    sealed class UseInSubFolder
    {
        public static void Run() => LateType.Call();
    }
}
