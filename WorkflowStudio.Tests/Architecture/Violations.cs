using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Tests.Architecture.Violations;

// Each breaks an arrow in another way, to show that the reader of assemblies sees it.
internal abstract class InAField
{
    protected System.Net.Mail.SmtpClient? Mail { get; set; }
}

internal static class InABody
{
    public static IDisposable Open() => new HttpClient();
}

internal static class InAClosure
{
    public static Func<int> Count(object db) => () => ((DbContext)db).GetHashCode();
}

internal static class InAStateMachine
{
    public static async Task<int> CountAsync(object db)
    {
        await Task.Yield();
        return ((DbContext)db).GetHashCode();
    }
}

internal static class AsATypeArgument
{
    public static object List() => new List<DbContext>();
}
