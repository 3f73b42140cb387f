using WorkflowStudio.Engine.Expressions.Functions;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>Defaults as people would write them behind <c>??</c>.</summary>
internal static class Stand
{
    /// <summary>A default that works where this kind of value is wanted.</summary>
    public static string InFor(ParameterType wanted) => wanted switch
    {
        ParameterType.Number or ParameterType.Whole => "0",
        ParameterType.Boolean => "false",
        ParameterType.Date => "$now",
        ParameterType.List => "[]",
        ParameterType.Object => "{}",
        _ => "\"…\"",
    };
}
