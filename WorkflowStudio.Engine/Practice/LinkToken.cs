using System.Buffers.Text;
using System.Security.Cryptography;

namespace WorkflowStudio.Engine.Practice;

/// <summary>What makes a link one that nobody guesses: whoever has it may see what it leads to.</summary>
internal static class LinkToken
{
    private const int Bytes = 20;

    /// <summary>A new one, safe in addresses.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
}
