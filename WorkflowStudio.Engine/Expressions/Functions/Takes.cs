namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Parameters, for the tables of functions.</summary>
internal static class Takes
{
    public static Parameter Any(string name) => new(name, ParameterType.Any);

    public static Parameter Text(string name) => new(name, ParameterType.Text);

    public static Parameter Number(string name) => new(name, ParameterType.Number);

    public static Parameter Whole(string name) => new(name, ParameterType.Whole);

    public static Parameter Boolean(string name) => new(name, ParameterType.Boolean);

    public static Parameter Date(string name) => new(name, ParameterType.Date);

    public static Parameter List(string name) => new(name, ParameterType.List);

    public static Parameter Object(string name) => new(name, ParameterType.Object);

    public static Parameter Lambda(string name, string example) => new(name, ParameterType.Lambda) { Example = example };

    /// <summary>It may be left out.</summary>
    public static Parameter Optional(this Parameter parameter) => parameter with { IsOptional = true };

    /// <summary>Any number of them.</summary>
    public static Parameter Many(this Parameter parameter) => parameter with { IsMany = true };

    /// <summary>A value that is missing is taken as null.</summary>
    public static Parameter OrMissing(this Parameter parameter) => parameter with { MayBeMissing = true };
}
