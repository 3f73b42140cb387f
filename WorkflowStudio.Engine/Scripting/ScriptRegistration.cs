using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WorkflowStudio.Engine.Scripting;

/// <summary>Registers what runs scripts. Needs <see cref="IScriptPermits"/>, and <see cref="ScriptOptions"/> that name a program.</summary>
public static class ScriptRegistration
{
    /// <summary>The scripts of steps.</summary>
    public static IServiceCollection AddScripting(this IServiceCollection services)
    {
        services.TryAddSingleton<ScriptOptions>();
        return services.AddSingleton<IScripts, ProcessScripts>();
    }
}
